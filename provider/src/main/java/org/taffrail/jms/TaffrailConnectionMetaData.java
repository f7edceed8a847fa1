// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.ConnectionMetaData;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a connection says of itself: the specification's version, this provider's, and the JMSX
 * names.
 */
public final class TaffrailConnectionMetaData implements ConnectionMetaData {
    /** The provider's name. */
    public static final String PROVIDER = "Taffrail";

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final Properties BUILT = built();
    private static final String JMS_VERSION = BUILT.getProperty("jms");
    private static final String VERSION = BUILT.getProperty("version");

    /** What every connection supports: the mandatory ones of Jakarta Messaging 3.5.9. */
    private static final List<String> ALWAYS =
            List.of("JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount");

    private final List<String> jmsxNames;

    /**
     * Makes the metadata of a connection.
     *
     * @param alsoSet the JMSX properties that this connection sets beyond the mandatory ones:
     *     {@code JMSXUserID}, {@code JMSXAppID} and {@code JMSXRcvTimestamp} where they were asked
     *     for
     */
    public TaffrailConnectionMetaData(Collection<String> alsoSet) {
        List<String> names = new ArrayList<>(ALWAYS);
        names.addAll(alsoSet);
        jmsxNames = List.copyOf(names);
    }

    private static Properties built() {
        try (InputStream stream =
                TaffrailConnectionMetaData.class.getResourceAsStream("provider.properties")) {
            Properties properties = new Properties();
            properties.load(stream);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("provider.properties of the provider's jar", e);
        }
    }

    @Override
    public String getJMSVersion() {
        return JMS_VERSION;
    }

    @Override
    public int getJMSMajorVersion() {
        return number(JMS_VERSION, 1);
    }

    @Override
    public int getJMSMinorVersion() {
        return number(JMS_VERSION, 2);
    }

    @Override
    public String getJMSProviderName() {
        return PROVIDER;
    }

    @Override
    public String getProviderVersion() {
        return VERSION;
    }

    @Override
    public int getProviderMajorVersion() {
        return number(VERSION, 1);
    }

    @Override
    public int getProviderMinorVersion() {
        return number(VERSION, 2);
    }

    private static int number(String version, int group) {
        Matcher matcher = NUMBERS.matcher(version);
        if (!matcher.matches()) {
            throw new IllegalStateException("version " + version + " in the provider's jar");
        }
        return Integer.parseInt(matcher.group(group));
    }

    @Override
    public Enumeration<String> getJMSXPropertyNames() {
        return Collections.enumeration(jmsxNames);
    }

    @Override
    public String toString() {
        return PROVIDER + " " + VERSION + ", Jakarta Messaging " + JMS_VERSION;
    }
}
