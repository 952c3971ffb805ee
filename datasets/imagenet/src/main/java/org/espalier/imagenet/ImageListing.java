package org.espalier.imagenet;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The images of an input.
 *
 * @param synsets the names of the classes, in the order of the labels
 * @param files labelled, in any order; listed where they are computed
 */
record ImageListing(List<String> synsets, JavaRDD<ImageFile> files) {}
