// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * The AND or the OR of two or more conditions, from left to right, stopping as soon as the result
 * is certain.
 */
final class Logic extends Condition {

    private final boolean isAnd;
    private final Condition[] conditions;

    Logic(boolean isAnd, Condition[] conditions) {
        this.isAnd = isAnd;
        this.conditions = conditions;
    }

    @Override
    Truth evaluate(SelectorInput input, Evaluation evaluation) {
        Truth decides = isAnd ? Truth.FALSE : Truth.TRUE;
        Truth result = decides.not();
        for (Condition condition : conditions) {
            Truth truth = condition.evaluate(input, evaluation);
            if (truth == decides) {
                return decides;
            }
            result = isAnd ? result.and(truth) : result.or(truth);
        }
        return result;
    }

    @Override
    int binding() {
        return isAnd ? BINDS_AND : BINDS_OR;
    }

    @Override
    void print(StringBuilder out) {
        String separator = "";
        for (Condition condition : conditions) {
            out.append(separator);
            condition.printWithin(out, binding() + 1);
            separator = isAnd ? " AND " : " OR ";
        }
    }
}
