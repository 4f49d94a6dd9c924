/** The image of a k3s lab: the Kubernetes of the embedded lab (https://github.com/k3s-io/k3s/releases; tags as https://hub.docker.com/r/rancher/k3s/tags writes them). */
export const k3sImage = 'docker.io/rancher/k3s:v1.36.3-k3s1';
