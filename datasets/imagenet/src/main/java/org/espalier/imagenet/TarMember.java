package org.espalier.imagenet;

/**
 * A file in a tar.
 *
 * @param name as the tar has it
 * @param offset of its first byte in the outermost file
 * @param bytes of it
 */
record TarMember(String name, long offset, long bytes) {
  /** Whether the name would lead out of a folder into which the tar were unpacked. */
  boolean escapes() {
    return name.startsWith("/") || ("/" + name + "/").contains("/../");
  }
}
