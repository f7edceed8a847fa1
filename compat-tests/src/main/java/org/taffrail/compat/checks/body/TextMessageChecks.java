// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.util.List;

/** {@link TextMessage}. */
final class TextMessageChecks {
    @Check(section = "api:TextMessage.getText", says = "The text of a new message is null.")
    void isNullByDefault(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage();

        Expect.isNull(message.getText(), "the text of a new message");
        Expect.isNull(trip.of(TextMessage.class, message).getText(), "the received text");
    }

    @Check(section = "3.12", says = "A text that was set to null is null, also when received.")
    void canBeNull(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("x");

        message.setText(null);

        Expect.isNull(message.getText(), "the text");
        Expect.isNull(trip.of(TextMessage.class, message).getText(), "the received text");
        Expect.isNull(trip.session().createTextMessage(null).getText(), "the created text");
    }

    @Check(section = "3.11.4", says = "A text is received as it was set, in any script.")
    void keepsTexts(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        for (String text :
                List.of(
                        "",
                        " ",
                        "plain",
                        "lines\r\nand\ttabs",
                        "\u0000 \u007f \u0080 \uffff",
                        "l\u00e9gende \u03a9\u03bc\u03ad\u03b3\u03b1 \u05e9\u05dc\u05d5\u05dd",
                        "\u4ef7\u683c \ud83d\ude00",
                        "<xml a=\"1\">&amp;</xml>")) {
            TextMessage message = trip.session().createTextMessage(text);
            Expect.equal(text, message.getText(), "the text");
            Expect.equal(text, Scene.text(trip.of(message)), "the received text");
        }
    }

    @Check(section = "3.11.4", says = "A long text is received whole.")
    void keepsALongText(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        String text = "long \u20ac ".repeat(100_000);

        String received = Scene.text(trip.of(trip.session().createTextMessage(text)));

        Expect.that(text.equals(received), "a text of " + text.length() + " chars is not the same");
    }

    @Check(
            section = "3.11.2",
            says = "Setting the text of a received message throws MessageNotWriteableException.")
    void isReadOnlyWhenReceived(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage received = trip.of(TextMessage.class, trip.session().createTextMessage("old"));

        Expect.refused(
                MessageNotWriteableException.class, "setText", () -> received.setText("new"));
        Expect.refused(
                MessageNotWriteableException.class, "setText(null)", () -> received.setText(null));
        Expect.equal("old", received.getText(), "the text after the refusals");
    }

    @Check(section = "3.11.2", says = "After clearBody a received text is null and can be set.")
    void isWriteableOnceCleared(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage received = trip.of(TextMessage.class, trip.session().createTextMessage("old"));

        received.clearBody();
        Expect.isNull(received.getText(), "the text after clearBody");
        received.setText("new");

        Expect.equal("new", received.getText(), "the text");
    }

    @Check(section = "3.11.1", says = "clearBody makes the text of a message null.")
    void clears(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("old");

        message.clearBody();

        Expect.isNull(message.getText(), "the text");
        Expect.isNull(trip.of(TextMessage.class, message).getText(), "the received text");
    }

    @Check(section = "api:Message.clearBody", says = "clearBody does not clear the header fields.")
    void keepsTheHeader(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        TextMessage message = trip.session().createTextMessage("x");
        message.setJMSType("type");
        message.setJMSCorrelationID("correlation");

        for (TextMessage each : List.of(trip.of(TextMessage.class, message), message)) {
            String id = each.getJMSMessageID();
            each.clearBody();
            Expect.equal("type", each.getJMSType(), "JMSType");
            Expect.equal("correlation", each.getJMSCorrelationID(), "JMSCorrelationID");
            Expect.equal(id, each.getJMSMessageID(), "JMSMessageID");
            Expect.notNull(each.getJMSDestination(), "JMSDestination");
        }
    }

    @Check(section = "api:TextMessage", says = "A JMSContext creates texts as a session does.")
    void isCreatedByAContext(Scene scene) throws JMSException {
        JMSContext context = scene.context();

        Expect.isNull(context.createTextMessage().getText(), "the text of a new message");
        Expect.equal("x", context.createTextMessage("x").getText(), "the text");
    }
}
