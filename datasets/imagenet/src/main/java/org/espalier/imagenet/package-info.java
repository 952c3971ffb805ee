/**
 * ImageNet, and images laid out like it, as a dataset: what lies in folders, tars or a list is
 * listed, checked and written by Spark jobs whose tasks hold one image and one row group at a time.
 */
package org.espalier.imagenet;
