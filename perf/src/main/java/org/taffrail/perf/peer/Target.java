// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * A provider to measure.
 *
 * @param name what it is called in the tables
 * @param jndi its {@code jndi.properties}
 * @param classPath its client library
 * @param description how its broker was set up, as far as it is known
 */
public record Target(String name, Path jndi, List<Path> classPath, String description) {}
