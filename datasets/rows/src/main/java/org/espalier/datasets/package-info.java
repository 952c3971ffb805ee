/**
 * What a prepared dataset is: a folder with a manifest and one folder of Parquet shards per split.
 *
 * <p>{@link org.espalier.datasets.Dataset} opens one. The packages below read raw files ({@code
 * idx}) or invent them ({@code digits}), write them as shards on a Spark cluster ({@code prepare}),
 * decide in which order rows are read ({@code order}) and stream them ({@code shards}, {@code
 * batch}).
 */
package org.espalier.datasets;
