// SPDX-License-Identifier: Apache-2.0
/**
 * An application under way, whatever happens to its broker or its network, and the judge of what it
 * was told. Read {@link org.taffrail.compat.load.Ledger} first.
 */
package org.taffrail.compat.load;
