// SPDX-License-Identifier: Apache-2.0
/**
 * The Jakarta Messaging objects an application holds; the only package that sees {@code
 * jakarta.jms}.
 */
package org.taffrail.jms;
