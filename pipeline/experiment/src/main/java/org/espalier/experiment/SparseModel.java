package org.espalier.experiment;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.CsrPattern;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SmtxFile;
import org.espalier.sparsity.SparseTensors;
import org.espalier.storage.Publication;

/**
 * A trained network of plain weights and the masks that make it sparse.
 *
 * @param network its configuration in DL4J's JSON form
 * @param tensors its sparsifiable tensors
 * @param parameters its raw parameters; a masked one may have any value
 * @param masks which weights stay
 */
public record SparseModel(
    String network, SparseTensors tensors, FlatVector parameters, MaskSet masks) {
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
      Path target = publication.workplace();
      new RunFolder(target, hadoop).writeModel(network, parameters.bytes(), masks);
      for (Map.Entry<String, Mask> mask : masks.byName().entrySet()) {
        writePattern(new Path(target, PATTERNS), mask.getKey(), mask.getValue(), hadoop);
      }
      publication.commit();
      return publication.destination();
    }
  }

  private void writePattern(Path folder, String tensor, Mask mask, Configuration hadoop)
      throws IOException {
    Path file = new Path(folder, tensor.replace('/', '_') + ".smtx");
    try (FSDataOutputStream out = file.getFileSystem(hadoop).create(file, false)) {
      SmtxFile.write(CsrPattern.of(tensors.named(tensor), mask), out);
    }
  }
}
