package org.espalier.imagenet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files of a folder, as the file system lists them, none of which is kept. */
final class FolderFiles implements Iterator<ImageFile> {
  private final ImageFolder folder;
  private final RemoteIterator<FileStatus> entries;
  private ImageFile next;

  FolderFiles(ImageFolder folder, Configuration hadoop) throws IOException {
    this.folder = folder;
    Path path = new Path(folder.location());
    entries = path.getFileSystem(hadoop).listStatusIterator(path);
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && entries.hasNext()) {
        FileStatus entry = entries.next();
        if (!ImageFile.isHidden(entry.getPath().getName())) {
          next = file(entry);
        }
      }
      return next != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public ImageFile next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ImageFile file = next;
    next = null;
    return file;
  }

  private ImageFile file(FileStatus entry) {
    String name = folder.name() + "/" + entry.getPath().getName();
    String location = entry.getPath().toString();
    return entry.isDirectory()
        ? ImageFile.folder(folder.split(), name, location, folder.label())
        : ImageFile.of(
            folder.split(),
            name,
            location,
            entry.getLen(),
            entry.getModificationTime(),
            folder.label());
  }
}
