// SPDX-License-Identifier: Apache-2.0
/**
 * Global transactions in which something dies between any two steps. Begin with {@link
 * org.taffrail.compat.xa.XaCrashIT}.
 */
package org.taffrail.compat.xa;
