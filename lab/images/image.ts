/** How an image is put together on this machine, without a container engine: files on top of an empty one, or of a file system. */
export interface ImageRecipe {
  /** What the files come on top of: Debian with git and redis-server, or nothing where this is left out. */
  readonly base?: 'debian';
  /** Path in the image -> file of this machine; each is readable and executable by all. */
  readonly files: Readonly<Record<string, string>>;
  /** Path in the image -> folder of this machine, with all that is in it, and the modes that its files have. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Path in the image -> what a symbolic link there points to. */
  readonly links?: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** As a Dockerfile's USER; whom the base has otherwise. */
  readonly user?: string;
  readonly workingDirectory?: string;
}

/** An image that pods of a lab need. */
export interface NeededImage {
  /** As manifests name it: `ghcr.io/fluxcd/source-controller:v1.9.5`. */
  readonly reference: string;
  /** Whether a registry has it; one of the lab's own applications is not asked for anywhere. */
  readonly isPublished: boolean;
  /** How to make it where it can't be had; undefined where it can't be made either. */
  readonly recipe?: ImageRecipe;
}
