package org.espalier.imagenet;

import org.espalier.datasets.DatasetManifest;

/**
 * A dataset of images that was published.
 *
 * @param rejected files that no decoder reads
 * @param adopted shards that an earlier job had finished
 */
public record PreparedImages(DatasetManifest manifest, long rejected, int adopted) {}
