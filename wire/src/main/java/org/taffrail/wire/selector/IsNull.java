// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * {@code identifier IS [NOT] NULL}: tests for a missing property or a null header field, and is
 * never unknown (Jakarta Messaging 3.1, sections 3.8.1.1 and 3.8.1.2).
 */
final class IsNull extends Condition {

    private final boolean negated;
    private final Reference reference;

    IsNull(boolean negated, Reference reference) {
        this.negated = negated;
        this.reference = reference;
    }

    @Override
    Truth evaluate(SelectorInput input, Evaluation evaluation) {
        int mark = evaluation.mark();
        Value value = reference.value(input, evaluation);
        evaluation.release(mark);
        return Truth.of(negated != value.isNull());
    }

    @Override
    int binding() {
        return BINDS_EQUALITY;
    }

    @Override
    void print(StringBuilder out) {
        reference.print(out);
        out.append(negated ? " IS NOT NULL" : " IS NULL");
    }
}
