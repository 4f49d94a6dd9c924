import type { Platform } from './platform.ts';
import type { ToolName } from './tool.ts';

/**
 * How a publisher states the SHA-256 of what it serves: `bare` starts with the digest of the one file,
 * `listing` has a line of digest and name for each file, `none` is not stated at all.
 */
export type Checksum =
  { readonly format: 'bare' | 'listing'; readonly url: string } | { readonly format: 'none' };

/** A file that is downloaded, by itself or in an archive. */
export interface Download {
  readonly kind: 'download';
  readonly url: string;
  readonly checksum: Checksum;
  readonly archive?: { readonly format: 'tar.gz' | 'zip'; readonly member: string };
}

/** A file inside a container image. */
export interface ImageFile {
  readonly kind: 'image';
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly member: string;
}

/** One file of a tool as its publisher offers it. */
export interface OfficialFile {
  readonly name: string;
  readonly from: Download | ImageFile;
}

/** What the publisher offers. */
interface OfficialPin {
  readonly version: string;
  /** The files for a platform; undefined where the publisher has none. */
  readonly files: (platform: Platform) => readonly OfficialFile[] | undefined;
  /** About how much is downloaded, for the estimate of what is left. */
  readonly megabytes: number;
}

/** A program that `go build` makes. */
interface GoProgram {
  readonly name: string;
  readonly package: string;
  /** The name that `go build` gives it, where it is another. */
  readonly builtAs?: string;
}

/** What Go builds, in a module folder of this repository whose go.sum decides what is accepted. */
export interface GoPin {
  readonly version: string;
  /** Under lab/toolchain/go. */
  readonly folder: string;
  readonly module: string;
  readonly programs: readonly GoProgram[];
  readonly linkerFlags: readonly string[];
  /** Build constraints (https://pkg.go.dev/cmd/go#hdr-Build_constraints). */
  readonly tags?: readonly string[];
  /** Files taken from the module as they are: name -> path in the module. */
  readonly moduleFiles?: Readonly<Record<string, string>>;
  /** Folders of the module that the program in this repository embeds, from a folder `static` beside it. */
  readonly embeddedFolders?: readonly string[];
  /** The flux program embeds manifests that have to be made first. */
  readonly embedsFluxManifests?: boolean;
  /** The programs run in nodes and pods: they are built for Linux, whatever this machine runs. */
  readonly runsInNodes?: boolean;
  /** Seconds that the build took on 2 cores, after those that the lab builds before it, the modules at hand. */
  readonly seconds: number;
}

/** A file system of Debian packages, made by mmdebstrap. */
export interface DebianPin {
  readonly suite: string;
  /** Addresses of the suite's archives: the packages, and their security updates. */
  readonly archives: { readonly packages: string; readonly security: string };
  readonly packages: readonly string[];
  /** Seconds that it took on 2 cores. */
  readonly seconds: number;
}

/** How a program is asked for its version. */
interface VersionQuestion {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The first group is the version. */
  readonly answer: RegExp;
}

export interface ToolPin {
  readonly name: ToolName;
  /** The files that make the tool whole. */
  readonly files: readonly string[];
  /** Undefined where the program is this repository's own. */
  readonly official: OfficialPin | undefined;
  /** Undefined where no module proxy serves the module. */
  readonly go: GoPin | undefined;
  /** What it is made of where it is no program but a file system. */
  readonly debian?: DebianPin;
  /** None where the program can't say its version. */
  readonly versionQuestion?: VersionQuestion;
}
