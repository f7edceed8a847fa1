// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/** An identifier: a header field or property of the message. */
final class Reference extends Operand {

    private final Identifier identifier;

    Reference(Identifier identifier) {
        this.identifier = identifier;
    }

    Identifier identifier() {
        return identifier;
    }

    @Override
    Value value(SelectorInput input, Evaluation evaluation) {
        Value cell = evaluation.take();
        input.fetch(identifier, cell);
        return cell;
    }

    @Override
    StaticType type() {
        return StaticType.ANY;
    }

    @Override
    int binding() {
        return BINDS_PRIMARY;
    }

    @Override
    void print(StringBuilder out) {
        out.append(identifier.name());
    }
}
