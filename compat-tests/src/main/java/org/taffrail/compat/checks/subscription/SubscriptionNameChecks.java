// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** What a subscription may be called. */
final class SubscriptionNameChecks {
    private static void works(Scene scene, String name) throws JMSException {
        Topic topic = scene.topic();
        Session session = Clients.session(scene);
        session.createDurableConsumer(topic, name).close();
        scene.send(topic, "one");

        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name)) {
            Clients.gets(scene, subscriber, "one");
        }
        session.unsubscribe(name);
        try (MessageConsumer shared = session.createSharedConsumer(topic, name)) {
            scene.send(topic, "two");
            Clients.gets(scene, shared, "two");
        }
    }

    @Check(
            section = "4.2.4",
            says =
                    "A subscription's name may have letters, digits, underscores, dots and minus signs.")
    void allowsTheCharactersOfTheSpecification(Scene scene) throws JMSException {
        works(scene, "Aa_0.9-z." + scene.name());
    }

    @Check(section = "4.2.4", says = "A subscription's name may have 128 characters.")
    void allows128Characters(Scene scene) throws JMSException {
        String name = scene.name();
        works(scene, (name + ".".repeat(128)).substring(0, 127) + "x");
    }

    @Check(
            section = "4.2.4",
            says = "Letters of a subscription's name are Java letters, of any script.")
    void allowsLettersOfAnyScript(Scene scene) throws JMSException {
        works(scene, "abonn\u00e9.\u03a3\u03c5\u03bd\u03b4\u03c1\u03bf\u03bc\u03ae.\u8ba2\u9605");
    }

    @Check(
            section = "4.2.4",
            says = "A subscription's name may have blanks and other marks.",
            strength = Strength.COMMON_PRACTICE)
    void allowsOtherCharacters(Scene scene) throws JMSException {
        works(scene, "my subscription: a/b (2)");
    }

    @Check(
            section = "4.2.4",
            says = "A subscription's name may be longer than 128 characters.",
            strength = Strength.COMMON_PRACTICE)
    void allowsLongNames(Scene scene) throws JMSException {
        works(scene, scene.name() + ".abcdefghi".repeat(15));
    }
}
