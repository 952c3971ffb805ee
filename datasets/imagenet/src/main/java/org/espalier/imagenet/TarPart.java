package org.espalier.imagenet;

import java.io.Serializable;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A tar, or one that lies in another.
 *
 * @param name for people
 * @param location of the outer file
 * @param from its first byte in there
 * @param to the byte after its last
 * @param modified when the outer file was, in milliseconds
 * @param synset of all images in it, empty in a flat tar
 * @param label of all images in it, {@link ImageFile#UNKNOWN} in a flat tar
 */
record TarPart(
    String split,
    String name,
    String location,
    long from,
    long to,
    long modified,
    String synset,
    int label)
    implements Serializable {

  static TarPart whole(String split, Path path, FileStatus status) {
    return new TarPart(
        split,
        path.getName(),
        path.toString(),
        0,
        status.getLen(),
        status.getModificationTime(),
        "",
        ImageFile.UNKNOWN);
  }

  TarPart inner(TarMember member, String ofSynset) {
    return new TarPart(
        split,
        name + "/" + member.name(),
        location,
        member.offset(),
        member.offset() + member.bytes(),
        modified,
        ofSynset,
        ImageFile.UNKNOWN);
  }

  TarPart labelled(int newLabel) {
    return new TarPart(split, name, location, from, to, modified, synset, newLabel);
  }
}
