// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A message as a map from names to boxed values. Its strings lie somewhere inside a larger array,
 * as they do in a record, so that code which ignores the offset or the length is found out.
 */
final class TestMessage implements SelectorInput {

    private static final byte[] BEFORE = "before'".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEHIND = "%behind".getBytes(StandardCharsets.UTF_8);

    private final Map<String, Object> values = new HashMap<>();

    static TestMessage empty() {
        return new TestMessage();
    }

    static TestMessage of(Map<String, Object> values) {
        TestMessage message = new TestMessage();
        values.forEach(message::with);
        return message;
    }

    TestMessage with(String name, Object value) {
        values.put(name, value instanceof String ? Slice.of((String) value) : value);
        return this;
    }

    @Override
    public void fetch(Identifier identifier, Value value) {
        fill(value, values.get(identifier.name()));
    }

    private static void fill(Value value, Object object) {
        if (object == null) {
            value.setNull();
        } else if (object instanceof Boolean) {
            value.setBoolean((Boolean) object);
        } else if (object instanceof Long) {
            value.setLong((Long) object);
        } else if (object instanceof Float) {
            value.setFloat((Float) object);
        } else if (object instanceof Double) {
            value.setDouble((Double) object);
        } else if (object instanceof Number) {
            value.setInt(((Number) object).intValue());
        } else {
            Slice slice = (Slice) object;
            value.setString(slice.bytes, slice.offset, slice.length);
        }
    }

    static Truth evaluate(String selector, SelectorInput message) {
        try {
            return Selector.parse(selector).evaluate(message, new Evaluation());
        } catch (SelectorSyntaxException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Text inside an array that holds more. */
    static final class Slice {

        final byte[] bytes;
        final int offset = BEFORE.length;
        final int length;

        private Slice(byte[] text) {
            length = text.length;
            bytes = new byte[BEFORE.length + length + BEHIND.length];
            System.arraycopy(BEFORE, 0, bytes, 0, BEFORE.length);
            System.arraycopy(text, 0, bytes, offset, length);
            System.arraycopy(BEHIND, 0, bytes, offset + length, BEHIND.length);
        }

        static Slice of(String text) {
            return new Slice(text.getBytes(StandardCharsets.UTF_8));
        }

        static Slice of(byte[] bytes) {
            return new Slice(bytes);
        }
    }
}
