// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import org.taffrail.wire.selector.Token.Type;

/**
 * A sum or product of two or more operands, computed from left to right: {@code a + b - c}, {@code
 * a * b / c}.
 *
 * <p>Operands promote as in Java. Overflow of an exact type wraps, approximate arithmetic has
 * infinities and NaN, and an exact quotient is truncated ({@code 7 / 2} is 3; Artemis divides as
 * double). Where there is no result the value is NULL, and so the comparison it stands in is
 * unknown: an operand is NULL, is no number ("a string cannot be used in an arithmetic expression",
 * section 3.8.1.1), or is an exact zero to divide by.
 */
final class Arithmetic extends Operand {

    /** What is done with the value so far and the next operand. */
    enum Operator {
        PLUS(" + "),
        MINUS(" - "),
        TIMES(" * "),
        DIVIDED_BY(" / ");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** The operator of a sum or a product that a token is, else null. */
        static Operator of(int binding, Type token) {
            boolean sum = binding == BINDS_SUM;
            return switch (token) {
                case PLUS -> sum ? PLUS : null;
                case MINUS -> sum ? MINUS : null;
                case TIMES -> sum ? null : TIMES;
                case DIVIDED_BY -> sum ? null : DIVIDED_BY;
                default -> null;
            };
        }
    }

    private final int binding;
    private final Operand[] operands;

    /** The operator at i stands between the operands at i and i + 1. */
    private final Operator[] operators;

    /**
     * Makes a chain.
     *
     * @param binding {@link Node#BINDS_SUM} or {@link Node#BINDS_PRODUCT}
     */
    Arithmetic(int binding, Operand[] operands, Operator[] operators) {
        this.binding = binding;
        this.operands = operands;
        this.operators = operators;
    }

    @Override
    Value value(SelectorInput input, Evaluation evaluation) {
        Value result = evaluation.take();
        int mark = evaluation.mark();
        result.copyFrom(operands[0].value(input, evaluation));
        evaluation.release(mark);
        for (int i = 1; i < operands.length && result.isNumeric(); i++) {
            Value next = operands[i].value(input, evaluation);
            apply(operators[i - 1], result, next);
            evaluation.release(mark);
        }
        if (!result.isNumeric()) {
            result.setNull();
        }
        return result;
    }

    private static void apply(Operator operator, Value result, Value next) {
        if (!next.isNumeric()) {
            result.setNull();
            return;
        }
        switch (result.kind().promotedWith(next.kind())) {
            case INT -> applyInt(operator, result, next.asInt());
            case LONG -> applyLong(operator, result, next.asLong());
            case FLOAT -> result.setFloat(compute(operator, result.asFloat(), next.asFloat()));
            default -> result.setDouble(compute(operator, result.asDouble(), next.asDouble()));
        }
    }

    private static void applyInt(Operator operator, Value result, int b) {
        int a = result.asInt();
        switch (operator) {
            case PLUS -> result.setInt(a + b);
            case MINUS -> result.setInt(a - b);
            case TIMES -> result.setInt(a * b);
            default -> {
                if (b == 0) {
                    result.setNull();
                } else {
                    result.setInt(a / b);
                }
            }
        }
    }

    private static void applyLong(Operator operator, Value result, long b) {
        long a = result.asLong();
        switch (operator) {
            case PLUS -> result.setLong(a + b);
            case MINUS -> result.setLong(a - b);
            case TIMES -> result.setLong(a * b);
            default -> {
                if (b == 0) {
                    result.setNull();
                } else {
                    result.setLong(a / b);
                }
            }
        }
    }

    private static float compute(Operator operator, float a, float b) {
        return switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDED_BY -> a / b;
        };
    }

    private static double compute(Operator operator, double a, double b) {
        return switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDED_BY -> a / b;
        };
    }

    @Override
    StaticType type() {
        return StaticType.NUMBER;
    }

    @Override
    int binding() {
        return binding;
    }

    @Override
    void print(StringBuilder out) {
        operands[0].printWithin(out, binding + 1);
        for (int i = 1; i < operands.length; i++) {
            out.append(operators[i - 1].symbol);
            operands[i].printWithin(out, binding + 1);
        }
    }
}
