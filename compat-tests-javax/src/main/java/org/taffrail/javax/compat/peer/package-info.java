// SPDX-License-Identifier: Apache-2.0
/**
 * Providers whose servers the kit starts itself, each in a process of its own with a class path of
 * its own. Read {@link org.taffrail.javax.compat.peer.Peer} first.
 */
package org.taffrail.javax.compat.peer;
