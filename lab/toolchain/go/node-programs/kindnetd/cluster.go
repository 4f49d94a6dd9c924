package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// Where a pod finds the credentials of its service account.
const account = "/var/run/secrets/kubernetes.io/serviceaccount/"

// node is what a route needs to know.
type node struct {
	address string
	// Empty until the controller manager has given it one.
	podRange string
}

// cluster is access to the API server.
type cluster struct {
	address string
	client  *http.Client
}

func openCluster() (*cluster, error) {
	authority, err := os.ReadFile(account + "ca.crt")
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authority) {
		return nil, fmt.Errorf("%sca.crt holds no certificate", account)
	}
	// kind names the control plane itself: the cluster's own address may not work before this daemon does.
	address := os.Getenv("CONTROL_PLANE_ENDPOINT")
	if address == "" {
		address = net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT"))
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	return &cluster{address: address, client: &http.Client{Transport: transport, Timeout: 10 * time.Second}}, nil
}

// nodeList is what matters of a NodeList of Kubernetes.
type nodeList struct {
	Items []struct {
		Spec   struct{ PodCIDR string }
		Status struct {
			Addresses []struct{ Type, Address string }
		}
	}
}

func (list nodeList) nodes() []node {
	var found []node
	for _, item := range list.Items {
		for _, address := range item.Status.Addresses {
			if address.Type == "InternalIP" && net.ParseIP(address.Address).To4() != nil {
				found = append(found, node{address: address.Address, podRange: item.Spec.PodCIDR})
				break
			}
		}
	}
	return found
}

func (c *cluster) nodes(ctx context.Context) ([]node, error) {
	// Read each time: the kubelet renews it.
	token, err := os.ReadFile(account + "token")
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+c.address+"/api/v1/nodes", nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	response, err := c.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the API server answers with %s when asked for nodes", response.Status)
	}
	var list nodeList
	if err := json.NewDecoder(response.Body).Decode(&list); err != nil {
		return nil, err
	}
	return list.nodes(), nil
}
