// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A name with a value of one of the types that properties and maps have, typed as {@code name=text}
 * or {@code name:int=5}.
 *
 * @param name the name
 * @param value the value: a text, a number or a truth value
 */
record TypedValue(String name, Object value) {
    private static final Map<String, Function<String, Object>> TYPES = types();

    private static Map<String, Function<String, Object>> types() {
        Map<String, Function<String, Object>> types = new LinkedHashMap<>();
        types.put("string", text -> text);
        types.put("int", Integer::valueOf);
        types.put("long", Long::valueOf);
        types.put("short", Short::valueOf);
        types.put("byte", Byte::valueOf);
        types.put("double", Double::valueOf);
        types.put("float", Float::valueOf);
        types.put("boolean", TypedValue::truth);
        return types;
    }

    /**
     * Takes name, type and value apart.
     *
     * @param option the option that it stands in, for messages
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is no such type, or the value
     *     is none of it
     */
    static TypedValue parse(String option, String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw refused(option, text, "write name=value, or name:type=value");
        }
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1);
        int colon = name.lastIndexOf(':');
        if (colon < 0) {
            return new TypedValue(name, value);
        }
        String type = name.substring(colon + 1);
        Function<String, Object> reads = TYPES.get(type);
        if (reads == null) {
            throw refused(
                    option,
                    text,
                    "the types are "
                            + String.join(", ", TYPES.keySet())
                            + NearestName.hint(type, TYPES.keySet()));
        }
        try {
            return new TypedValue(name.substring(0, colon), reads.apply(value));
        } catch (IllegalArgumentException e) {
            throw refused(option, text, '"' + value + "\" is no " + type);
        }
    }

    private static Object truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    /** Makes what is thrown where an option says something that can't be done. */
    static WireException refused(String option, String text, String why) {
        return new WireException(ErrorCode.INVALID_OPTION, option + " " + text + ": " + why);
    }
}
