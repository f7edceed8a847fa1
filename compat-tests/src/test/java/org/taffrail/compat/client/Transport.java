// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

/** How the provider reaches its broker. */
enum Transport {
    /** Inside this JVM. */
    EMBEDDED,
    /** Over a socket. */
    TCP
}
