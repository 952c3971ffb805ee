/** Raw files to datasets. */
package org.espalier.jobs.prepare;
