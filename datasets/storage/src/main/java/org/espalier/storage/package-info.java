/** Files and folders on any Hadoop file system that are finished or not there for a reader. */
package org.espalier.storage;
