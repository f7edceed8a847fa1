// SPDX-License-Identifier: Apache-2.0
/** An order desk moves to another provider while it works, and back. Start with {@link Move}. */
package org.taffrail.samples.migration;
