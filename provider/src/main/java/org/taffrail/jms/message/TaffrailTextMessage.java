// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.record.BodyType;

/** A message whose body is a text or null (Jakarta Messaging 3.11). In the record it is UTF-8. */
public final class TaffrailTextMessage extends TaffrailMessage implements TextMessage {
    private String text;

    /** Makes a new message without a text. */
    public TaffrailTextMessage() {}

    /**
     * Makes a new message.
     *
     * @param text its text or null
     */
    public TaffrailTextMessage(String text) {
        this.text = text;
    }

    @Override
    public void setText(String newText) throws JMSException {
        requireWriteableBody();
        text = newText;
    }

    @Override
    public String getText() throws JMSException {
        readBody();
        return text;
    }

    @Override
    BodyType bodyType() {
        return BodyType.TEXT;
    }

    @Override
    boolean bodyIsNull() {
        return text == null;
    }

    @Override
    void decodeBody(ByteSource source, boolean isNull) {
        int length = source.remaining();
        int at = source.skip(length);
        text = isNull ? null : ByteSource.decodeUtf8(source.array(), at, length);
    }

    @Override
    void encodeBody(ByteSink sink) throws JMSException {
        if (text != null) {
            Texts.append(sink, "the text", text);
        }
    }

    @Override
    void resetBody() {
        text = null;
    }

    @Override
    Object bodyAs(Class<?> type) throws JMSException {
        if (!bodyIs(type)) {
            throw notAssignable(type);
        }
        return text;
    }

    @Override
    boolean bodyIs(Class<?> type) {
        return text == null || type.isInstance(text);
    }
}
