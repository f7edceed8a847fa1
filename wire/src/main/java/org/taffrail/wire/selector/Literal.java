// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.nio.charset.StandardCharsets;

/** A string, number or boolean that stands in the selector. */
final class Literal extends Operand {

    private final Value value = new Value();

    private Literal() {}

    Literal(String text) {
        byte[] utf8 = Utf8.encode(text);
        value.setString(utf8, 0, utf8.length);
    }

    Literal(boolean literal) {
        value.setBoolean(literal);
    }

    Literal(Number number) {
        if (number instanceof Integer) {
            value.setInt(number.intValue());
        } else if (number instanceof Long) {
            value.setLong(number.longValue());
        } else if (number instanceof Float) {
            value.setFloat(number.floatValue());
        } else {
            value.setDouble(number.doubleValue());
        }
    }

    /** The negative of a numeric literal, which is why no {@link Sign} ever stands before one. */
    Literal negated() {
        Literal negated = new Literal();
        Sign.negate(value, negated.value);
        return negated;
    }

    /** The text of a string literal, null for any other. */
    String string() {
        return value.isString()
                ? new String(value.bytes(), value.offset(), value.length(), StandardCharsets.UTF_8)
                : null;
    }

    @Override
    Value value(SelectorInput input, Evaluation evaluation) {
        return value;
    }

    @Override
    StaticType type() {
        if (value.isNumeric()) {
            return StaticType.NUMBER;
        }
        return value.isString() ? StaticType.STRING : StaticType.BOOLEAN;
    }

    @Override
    int binding() {
        boolean signed = value.isNumeric() && value.toString().startsWith("-");
        return signed ? BINDS_SIGN : BINDS_PRIMARY;
    }

    @Override
    void print(StringBuilder out) {
        out.append(value);
    }
}
