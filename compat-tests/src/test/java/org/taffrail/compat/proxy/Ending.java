// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

/** How both sides of a connection that is cut hear of it. */
enum Ending {
    /** As if the other side had closed its socket. */
    FIN,
    /** As if the other side's process, or a router, had given the connection up. */
    RESET
}
