// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

/** One of the two ways that bytes go through a connection. */
enum Direction {
    /** What the client sends. */
    TO_SERVER,
    /** What the server sends. */
    TO_CLIENT
}
