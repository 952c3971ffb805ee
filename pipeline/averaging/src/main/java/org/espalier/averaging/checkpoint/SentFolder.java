package org.espalier.averaging.checkpoint;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.averaging.parts.PartsFolder;

/**
 * The folder of a checkpoint's parts on its way to the owners of shards.
 *
 * @param uri of the folder
 * @param hadoop how its file system is reached
 */
record SentFolder(String uri, Broadcast<SerializableConfiguration> hadoop) implements Serializable {
  private static final long serialVersionUID = 1L;

  PartsFolder opened() {
    return new PartsFolder(new Path(uri), hadoop.value().value());
  }
}
