// SPDX-License-Identifier: Apache-2.0
/**
 * Kills a real broker under load, again and again, and compares what applications were told with
 * what is there. Start with {@link org.taffrail.compat.crash.CrashIT}; the judge is {@link
 * org.taffrail.compat.load.Ledger}.
 */
package org.taffrail.compat.crash;
