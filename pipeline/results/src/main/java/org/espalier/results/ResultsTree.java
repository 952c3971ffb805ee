package org.espalier.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.espalier.base.Refusal;
import org.espalier.storage.Publication;

/**
 * The results files at a place: one file, or all in a tree of runs.
 *
 * <p>Left out is what begins with a dot or an underscore, and what lies in a folder that is being
 * written or whose writer was killed. A file with a manifest beside it must be the one that the
 * manifest lists. A file without one is taken: it appeared whole (an aggregated one, or that of a
 * run from before manifests), and its pages carry checksums.
 *
 * @param location a results file, a run's folder, or a folder of runs
 */
record ResultsTree(Path location, Configuration hadoop) {

  /**
   * The files, at least one, in the order of their paths.
   *
   * @throws Refusal if there are none, or one is not what the manifest beside it lists
   */
  List<Path> files() {
    try {
      FileSystem files = location.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(location);
      if (status.isFile()) {
        return List.of(checked(status.getPath()));
      }
      List<Path> found = finished(files, status.getPath());
      if (found.isEmpty()) {
        throw new Refusal(
            "Cannot read results from "
                + location
                + ": no folder below it holds a finished "
                + ResultsFile.NAME
                + "; name the output of a run or of a sweep.");
      }
      return found;
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot read results from "
              + location
              + ": it does not exist; name a results file, a run's folder or a folder of runs.",
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read results from "
              + location
              + ": the folder cannot be listed ("
              + e.getMessage()
              + "); name one that this user may read.",
          e);
    }
  }

  private List<Path> finished(FileSystem files, Path root) throws IOException {
    SortedSet<Path> found = new TreeSet<>();
    Set<Path> withManifest = new HashSet<>();
    Set<Path> unfinished = new HashSet<>();
    RemoteIterator<LocatedFileStatus> tree = files.listFiles(root, true);
    while (tree.hasNext()) {
      Path file = tree.next().getPath();
      if (file.getName().equals(Publication.MANIFEST)) {
        withManifest.add(file.getParent());
      } else if (Publication.isMarkOfUnfinished(file)) {
        unfinished.add(file.getParent());
      } else if (file.getName().equals(ResultsFile.NAME) && isVisible(root, file)) {
        found.add(file);
      }
    }
    unfinished.removeAll(withManifest);
    return found.stream()
        .filter(file -> !unfinished.contains(file.getParent()))
        .map(file -> withManifest.contains(file.getParent()) ? checked(file) : file)
        .toList();
  }

  private Path checked(Path file) {
    FinishedFolder.find(file.getParent(), hadoop).ifPresent(folder -> folder.bytes(file.getName()));
    return file;
  }

  private static boolean isVisible(Path root, Path file) {
    for (Path part = file; part != null && !part.equals(root); part = part.getParent()) {
      if (part.getName().startsWith(".") || part.getName().startsWith("_")) {
        return false;
      }
    }
    return true;
  }
}
