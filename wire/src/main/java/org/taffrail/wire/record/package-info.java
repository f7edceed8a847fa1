// SPDX-License-Identifier: Apache-2.0
/**
 * How a message is laid out in bytes, on the wire and on disk alike. Start with {@link
 * org.taffrail.wire.record.RunLayout} and {@link org.taffrail.wire.record.RecordLayout}.
 */
package org.taffrail.wire.record;
