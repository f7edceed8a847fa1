// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message.foreign;

import jakarta.jms.TextMessage;

/** A text. */
final class ForeignTextMessage extends ForeignMessage implements TextMessage {
    private String text;

    @Override
    public void setText(String text) {
        this.text = text;
    }

    @Override
    public String getText() {
        return text;
    }

    @Override
    public void clearBody() {
        text = null;
    }

    @Override
    Object body() {
        return text;
    }
}
