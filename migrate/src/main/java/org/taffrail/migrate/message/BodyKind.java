// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

/** The kinds of body that a message can have (Jakarta Messaging 3.11), and none. */
public enum BodyKind {
    /** No body. */
    NONE,
    /** A text, or null. */
    TEXT,
    /** Bytes. */
    BYTES,
    /** Names and values. */
    MAP,
    /** Values in order. */
    STREAM,
    /** A serialized object, or null. */
    OBJECT
}
