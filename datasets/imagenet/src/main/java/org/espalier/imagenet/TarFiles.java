package org.espalier.imagenet;

import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/** The members of a tar as images. The tar is closed after its last. */
final class TarFiles implements Iterator<ImageFile> {
  private final TarPart part;
  private final TarMembers members;

  TarFiles(TarPart part, Configuration hadoop) throws IOException {
    this.part = part;
    members = new TarMembers(part, hadoop);
  }

  @Override
  public boolean hasNext() {
    boolean more = members.hasNext();
    if (!more) {
      members.close();
    }
    return more;
  }

  @Override
  public ImageFile next() {
    TarMember member = members.next();
    String name = part.name() + "/" + member.name();
    String fileName = name.substring(name.lastIndexOf('/') + 1);
    return new ImageFile(
        part.split(),
        name,
        part.location(),
        member.offset(),
        member.bytes(),
        part.modified(),
        part.label(),
        member.escapes() ? "its name leads out of the archive" : ImageFile.flawOf(fileName));
  }
}
