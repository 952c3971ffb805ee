package org.espalier.datasets.prepare;

import org.apache.parquet.io.api.Binary;

/** One row on its way into a shard. */
record LabelledImage(Binary pixels, int label) {}
