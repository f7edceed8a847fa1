// SPDX-License-Identifier: Apache-2.0
/**
 * What client and broker share: frames, records, error codes and the selector language.
 *
 * <p>Nothing here depends on anything but the JDK. Everything works on byte arrays with an offset
 * and a length, little-endian.
 */
package org.taffrail.wire;
