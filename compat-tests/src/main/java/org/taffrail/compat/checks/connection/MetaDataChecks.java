// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Specification;
import org.taffrail.compat.kit.Strength;

import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;

/** What a connection says about its provider, and whether that is true. */
final class MetaDataChecks {
    private static final String MAJOR_MINOR = "(\\d+)\\.(\\d+).*";

    @Check(
            section = "6.1.6",
            says = "The provider says that it supports " + Specification.TITLE + ".")
    void namesTheVersion(Scene scene) throws JMSException {
        Expect.equal(Specification.VERSION, metaData(scene).getJMSVersion(), "getJMSVersion");
    }

    @Check(
            section = "api:ConnectionMetaData.getJMSMajorVersion",
            says = "The major version of the specification is " + Specification.MAJOR + ".")
    void namesTheMajorVersion(Scene scene) throws JMSException {
        Expect.equal(
                Specification.MAJOR, metaData(scene).getJMSMajorVersion(), "getJMSMajorVersion");
    }

    @Check(
            section = "api:ConnectionMetaData.getJMSMinorVersion",
            says = "The minor version of the specification is " + Specification.MINOR + ".")
    void namesTheMinorVersion(Scene scene) throws JMSException {
        Expect.equal(
                Specification.MINOR, metaData(scene).getJMSMinorVersion(), "getJMSMinorVersion");
    }

    @Check(section = "6.1.6", says = "The provider tells its name.")
    void namesTheProvider(Scene scene) throws JMSException {
        String name = Expect.notNull(metaData(scene).getJMSProviderName(), "getJMSProviderName");
        Expect.that(!name.isBlank(), "the provider's name is empty");
    }

    @Check(section = "6.1.6", says = "The provider tells its own version.")
    void namesTheProviderVersion(Scene scene) throws JMSException {
        String version = Expect.notNull(metaData(scene).getProviderVersion(), "getProviderVersion");
        Expect.that(!version.isBlank(), "the provider's version is empty");
    }

    @Check(
            section = "api:ConnectionMetaData.getProviderMajorVersion",
            says = "The provider's major version is the first number of its version.",
            strength = Strength.SHOULD)
    void providerMajorVersionAgrees(Scene scene) throws JMSException {
        ConnectionMetaData data = metaData(scene);
        String version = data.getProviderVersion();
        Expect.that(version.matches(MAJOR_MINOR), "the version is no version: " + version);
        Expect.equal(
                Integer.valueOf(version.replaceFirst(MAJOR_MINOR, "$1")),
                data.getProviderMajorVersion(),
                "getProviderMajorVersion, where the version is " + version);
    }

    @Check(
            section = "api:ConnectionMetaData.getProviderMinorVersion",
            says = "The provider's minor version is the second number of its version.",
            strength = Strength.SHOULD)
    void providerMinorVersionAgrees(Scene scene) throws JMSException {
        ConnectionMetaData data = metaData(scene);
        String version = data.getProviderVersion();
        Expect.that(version.matches(MAJOR_MINOR), "the version is no version: " + version);
        Expect.equal(
                Integer.valueOf(version.replaceFirst(MAJOR_MINOR, "$2")),
                data.getProviderMinorVersion(),
                "getProviderMinorVersion, where the version is " + version);
    }

    @Check(section = "3.5.9", says = "The provider lists only names that begin with JMSX.")
    void listsOnlyJmsx(Scene scene) throws JMSException {
        for (String name : names(metaData(scene))) {
            Expect.that(name.startsWith("JMSX"), "this is no JMSX property: " + name);
        }
    }

    @Check(
            section = "api:ConnectionMetaData.getJMSXPropertyNames",
            says = "The JMSX property names can be asked for again.")
    void listsAgain(Scene scene) throws JMSException {
        ConnectionMetaData data = metaData(scene);

        Set<String> first = names(data);

        Expect.equal(first, names(data), "the names at the second time");
    }

    @Check(section = "6.1.6", says = "A context gives the same information as a connection.")
    void contextTellsTheSame(Scene scene) throws JMSException {
        ConnectionMetaData classic = metaData(scene);

        ConnectionMetaData simplified = scene.context().getMetaData();

        Expect.equal(classic.getJMSVersion(), simplified.getJMSVersion(), "getJMSVersion");
        Expect.equal(classic.getJMSProviderName(), simplified.getJMSProviderName(), "the name");
        Expect.equal(names(classic), names(simplified), "the JMSX properties");
    }

    @Check(
            section = "6.1.6",
            says = "A provider that says 3.1 has delivery delay, which came with 2.0.")
    void hasDeliveryDelay(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());

        producer.setDeliveryDelay(1);

        Expect.equal(1L, producer.getDeliveryDelay(), "the delivery delay");
    }

    @Check(
            section = "6.1.6",
            says = "A provider that says 3.1 has shared subscriptions, which came with 2.0.")
    void hasSharedSubscriptions(Scene scene) throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        MessageConsumer consumer = session.createSharedConsumer(topic, scene.name());
        scene.send(topic, "a");

        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    private static ConnectionMetaData metaData(Scene scene) throws JMSException {
        return scene.connect().getMetaData();
    }

    private static Set<String> names(ConnectionMetaData data) throws JMSException {
        Set<String> names = new HashSet<>();
        Enumeration<?> all = data.getJMSXPropertyNames();
        while (all.hasMoreElements()) {
            names.add(Expect.type(String.class, all.nextElement(), "a JMSX property's name"));
        }
        return names;
    }
}
