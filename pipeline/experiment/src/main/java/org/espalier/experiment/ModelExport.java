package org.espalier.experiment;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.espalier.results.RunHistory;
import org.espalier.results.RunManifest;
import org.espalier.sparsity.CsrPattern;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.SmtxFile;
import org.espalier.storage.Publication;

/**
 * The network of a finished run as a folder of plain weights and masks.
 *
 * @param model the network
 * @param run whose it is
 */
public record ModelExport(SparseModel model, RunHistory run) {
  private static final String PATTERNS = "smtx";

  /**
   * Publishes a folder with the network, its parameters, its masks, and every mask as a sparse
   * matrix in the format of the Deep Learning Matrix Collection.
   *
   * @return the folder's full path
   * @throws org.espalier.base.Refusal if the folder exists or cannot be written
   */
  public Path publish(Path folder, Configuration hadoop) throws IOException {
    try (Publication publication = Publication.begin(folder, hadoop)) {
      Path target = publication.folder();
      RunFolder written = new RunFolder(target, hadoop);
      written.writeModel(model.network(), model.parameters().bytes(), model.masks());
      for (Map.Entry<String, Mask> mask : model.masks().byName().entrySet()) {
        writePattern(new Path(target, PATTERNS), mask.getKey(), mask.getValue(), hadoop);
      }
      publication.commit(written.manifest(RunManifest.Kind.EXPORT, run));
      return target;
    }
  }

  private void writePattern(Path folder, String tensor, Mask mask, Configuration hadoop)
      throws IOException {
    Path file = new Path(folder, tensor.replace('/', '_') + ".smtx");
    try (FSDataOutputStream out = file.getFileSystem(hadoop).create(file, false)) {
      SmtxFile.write(CsrPattern.of(model.tensors().named(tensor), mask), out);
    }
  }
}
