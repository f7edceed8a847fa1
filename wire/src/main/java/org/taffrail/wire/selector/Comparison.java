// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import org.taffrail.wire.selector.Token.Type;

/**
 * Two operands and one of = &lt;&gt; &lt; &lt;= &gt; &gt;= between them (Jakarta Messaging 3.1,
 * section 3.8.1.1).
 *
 * <ul>
 *   <li>If either side is NULL: unknown.
 *   <li>Two numbers: compared after Java's promotion, so NaN is equal to nothing, not even itself,
 *       and 0.0 equals -0.0.
 *   <li>Two strings or two booleans: only = and &lt;&gt; can be true. Where the parser can see that
 *       another operator meets one, it refuses the selector.
 *   <li>Unlike types: "the value of the operation is false", and that holds for &lt;&gt; too.
 *       (Artemis and ActiveMQ give true there, since they compute it as NOT of =.)
 * </ul>
 */
final class Comparison extends Condition {

    /** How two values must stand to each other. */
    enum Operator {
        EQUAL(" = "),
        NOT_EQUAL(" <> "),
        LESS(" < "),
        LESS_OR_EQUAL(" <= "),
        GREATER(" > "),
        GREATER_OR_EQUAL(" >= ");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** The operator = or &lt;&gt; that a token is, else null. */
        static Operator equality(Type token) {
            return switch (token) {
                case EQUAL -> EQUAL;
                case NOT_EQUAL -> NOT_EQUAL;
                default -> null;
            };
        }

        /** The operator other than = and &lt;&gt; that a token is, else null. */
        static Operator order(Type token) {
            return switch (token) {
                case LESS -> LESS;
                case LESS_OR_EQUAL -> LESS_OR_EQUAL;
                case GREATER -> GREATER;
                case GREATER_OR_EQUAL -> GREATER_OR_EQUAL;
                default -> null;
            };
        }

        boolean isEquality() {
            return this == EQUAL || this == NOT_EQUAL;
        }
    }

    private final Operator operator;
    private final Operand left;
    private final Operand right;

    Comparison(Operator operator, Operand left, Operand right) {
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    Operator operator() {
        return operator;
    }

    Operand left() {
        return left;
    }

    Operand right() {
        return right;
    }

    @Override
    Truth evaluate(SelectorInput input, Evaluation evaluation) {
        int mark = evaluation.mark();
        Value leftValue = left.value(input, evaluation);
        Truth result =
                leftValue.isNull()
                        ? Truth.UNKNOWN
                        : compare(operator, leftValue, right.value(input, evaluation));
        evaluation.release(mark);
        return result;
    }

    /** Compares two values by the rules of this class. */
    static Truth compare(Operator operator, Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Truth.UNKNOWN;
        }
        if (left.isNumeric() && right.isNumeric()) {
            return Truth.of(compareNumbers(operator, left, right));
        }
        if (left.kind() != right.kind() || !operator.isEquality()) {
            return Truth.FALSE;
        }
        boolean same =
                left.isString() ? left.sameString(right) : left.asBoolean() == right.asBoolean();
        return Truth.of(same == (operator == Operator.EQUAL));
    }

    private static boolean compareNumbers(Operator operator, Value left, Value right) {
        switch (left.kind().promotedWith(right.kind())) {
            case INT:
            case LONG:
                return holds(operator, left.asLong(), right.asLong());
            case FLOAT:
                // every float is a double, so comparing as double is exact
                return holds(operator, (double) left.asFloat(), (double) right.asFloat());
            default:
                return holds(operator, left.asDouble(), right.asDouble());
        }
    }

    private static boolean holds(Operator operator, long a, long b) {
        return switch (operator) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case GREATER -> a > b;
            case GREATER_OR_EQUAL -> a >= b;
        };
    }

    private static boolean holds(Operator operator, double a, double b) {
        return switch (operator) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case GREATER -> a > b;
            case GREATER_OR_EQUAL -> a >= b;
        };
    }

    @Override
    int binding() {
        return operator.isEquality() ? BINDS_EQUALITY : BINDS_RELATION;
    }

    @Override
    void print(StringBuilder out) {
        left.printWithin(out, binding() + 1);
        out.append(operator.symbol);
        right.printWithin(out, binding() + 1);
    }
}
