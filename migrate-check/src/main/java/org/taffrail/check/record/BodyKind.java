// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import jakarta.jms.BytesMessage;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import java.io.Serializable;
import java.util.Map;

/** The kinds of messages, by their bodies. The order stands in files. */
public enum BodyKind {
    /** A message without a body. */
    NONE,
    /** A text. */
    TEXT,
    /** Bytes. */
    BYTES,
    /** Names and values. */
    MAP,
    /** Values. */
    STREAM,
    /** A serialized object. */
    OBJECT;

    private static final BodyKind[] ALL = values();

    /**
     * Returns how many kinds there are.
     *
     * @return the count
     */
    public static int count() {
        return ALL.length;
    }

    /**
     * Returns the kind of a message.
     *
     * @param message any message
     * @return its kind
     */
    public static BodyKind of(Message message) {
        if (message instanceof TextMessage) {
            return TEXT;
        }
        if (message instanceof BytesMessage) {
            return BYTES;
        }
        if (message instanceof MapMessage) {
            return MAP;
        }
        if (message instanceof ObjectMessage) {
            return OBJECT;
        }
        return message instanceof StreamMessage ? STREAM : NONE;
    }

    /**
     * Returns the kind of message that a body of this class comes in.
     *
     * @param type what an application asks for or gives
     * @return the kind
     */
    public static BodyKind ofBody(Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type)) {
            return TEXT;
        }
        if (type == byte[].class) {
            return BYTES;
        }
        if (Map.class.isAssignableFrom(type)) {
            return MAP;
        }
        return Serializable.class.isAssignableFrom(type) || type == Object.class ? OBJECT : NONE;
    }
}
