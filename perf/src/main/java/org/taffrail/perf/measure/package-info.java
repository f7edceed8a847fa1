// SPDX-License-Identifier: Apache-2.0
/**
 * The measuring process as a program: its command line, and the file it leaves behind.
 *
 * <p>Read {@link org.taffrail.perf.measure.Main} first. There is no JMH on its class path, and one
 * provider.
 */
package org.taffrail.perf.measure;
