// SPDX-License-Identifier: Apache-2.0
/**
 * The kit's command line. {@link org.taffrail.compat.cli.CompatCommand} reads it; {@link
 * org.taffrail.compat.cli.ChildRun} runs the checks in a JVM with another class path.
 */
package org.taffrail.compat.cli;
