// SPDX-License-Identifier: Apache-2.0
/** How the client for {@code javax.jms} finds a broker in its own JVM. */
package org.taffrail.javax.bridge;
