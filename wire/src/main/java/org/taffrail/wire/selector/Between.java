// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import org.taffrail.wire.selector.Comparison.Operator;

/**
 * {@code x [NOT] BETWEEN low AND high}: the same as {@code x >= low AND x <= high}, and negated as
 * {@code x < low OR x > high} (Jakarta Messaging 3.1, section 3.8.1.1). So a value that is no
 * number is neither between nor not between.
 */
final class Between extends Condition {

    private final boolean negated;
    private final Operand operand;
    private final Operand low;
    private final Operand high;

    Between(boolean negated, Operand operand, Operand low, Operand high) {
        this.negated = negated;
        this.operand = operand;
        this.low = low;
        this.high = high;
    }

    @Override
    Truth evaluate(SelectorInput input, Evaluation evaluation) {
        int mark = evaluation.mark();
        Truth result = evaluateLeavingCells(input, evaluation);
        evaluation.release(mark);
        return result;
    }

    private Truth evaluateLeavingCells(SelectorInput input, Evaluation evaluation) {
        Value value = operand.value(input, evaluation);
        if (value.isNull()) {
            return Truth.UNKNOWN;
        }
        Operator lowOperator = negated ? Operator.LESS : Operator.GREATER_OR_EQUAL;
        Truth first = Comparison.compare(lowOperator, value, low.value(input, evaluation));
        Truth decides = Truth.of(negated);
        if (first == decides) {
            return decides;
        }
        Operator highOperator = negated ? Operator.GREATER : Operator.LESS_OR_EQUAL;
        Truth second = Comparison.compare(highOperator, value, high.value(input, evaluation));
        return negated ? first.or(second) : first.and(second);
    }

    @Override
    int binding() {
        return BINDS_RELATION;
    }

    @Override
    void print(StringBuilder out) {
        operand.printWithin(out, BINDS_SUM);
        out.append(negated ? " NOT BETWEEN " : " BETWEEN ");
        low.printWithin(out, BINDS_SUM);
        out.append(" AND ");
        high.printWithin(out, BINDS_SUM);
    }
}
