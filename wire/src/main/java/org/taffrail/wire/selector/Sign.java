// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/** A unary plus or minus: NULL for what is no number, else the value or its negative. */
final class Sign extends Operand {

    private final boolean minus;
    private final Operand operand;

    Sign(boolean minus, Operand operand) {
        this.minus = minus;
        this.operand = operand;
    }

    @Override
    Value value(SelectorInput input, Evaluation evaluation) {
        Value result = evaluation.take();
        int mark = evaluation.mark();
        Value value = operand.value(input, evaluation);
        if (!value.isNumeric()) {
            result.setNull();
        } else if (minus) {
            negate(value, result);
        } else {
            result.copyFrom(value);
        }
        evaluation.release(mark);
        return result;
    }

    /** Sets a cell to the negative of a number; may be the same cell. */
    static void negate(Value value, Value result) {
        switch (value.kind()) {
            case INT -> result.setInt(-value.asInt());
            case LONG -> result.setLong(-value.asLong());
            case FLOAT -> result.setFloat(-value.asFloat());
            default -> result.setDouble(-value.asDouble());
        }
    }

    @Override
    StaticType type() {
        return StaticType.NUMBER;
    }

    @Override
    int binding() {
        return BINDS_SIGN;
    }

    @Override
    void print(StringBuilder out) {
        out.append(minus ? '-' : '+');
        operand.printWithin(out, BINDS_PRIMARY);
    }
}
