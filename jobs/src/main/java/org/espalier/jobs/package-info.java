/** One main per job, started by spark-submit and by the launcher. */
package org.espalier.jobs;
