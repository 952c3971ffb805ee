package org.espalier.dl4jspark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.spark.util.SerializableHadoopConfig;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.spark.data.loader.RemoteFileSource;
import org.nd4j.common.loader.Loader;

/** Minibatches that lie in files, one in each, read by the worker that trains on them. */
final class StoredMinibatches {
  private StoredMinibatches() {}

  static StoredMinibatchDecoder<String> dataSets(JavaSparkContext spark, DataSetLoader loader) {
    SerializableHadoopConfig hadoop = new SerializableHadoopConfig(spark.hadoopConfiguration());
    return path -> load(path, loader, hadoop).toMultiDataSet();
  }

  static StoredMinibatchDecoder<String> multiDataSets(
      JavaSparkContext spark, MultiDataSetLoader loader) {
    SerializableHadoopConfig hadoop = new SerializableHadoopConfig(spark.hadoopConfiguration());
    return path -> load(path, loader, hadoop);
  }

  private static <T> T load(String path, Loader<T> loader, SerializableHadoopConfig hadoop) {
    try {
      FileSystem files = new Path(path).getFileSystem(hadoop.getConfiguration());
      return loader.load(new RemoteFileSource(path, files));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the minibatch " + path, e);
    }
  }
}
