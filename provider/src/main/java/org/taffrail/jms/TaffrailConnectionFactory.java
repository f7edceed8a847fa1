// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.XAConnection;
import jakarta.jms.XAJMSContext;
import jakarta.jms.XAQueueConnection;
import jakarta.jms.XAQueueConnectionFactory;
import jakarta.jms.XATopicConnection;
import jakarta.jms.XATopicConnectionFactory;

import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Links;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Map;

import javax.naming.ConfigurationException;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.net.ssl.SSLContext;

/**
 * Makes connections to a broker: where an application begins. A bean whose one mandatory property,
 * the URL, has a default; {@link TaffrailFactoryProperties} tells of the others.
 *
 * <p>An address, option or value that is not understood is refused when it is set, with an {@link
 * IllegalArgumentException} that names the nearest that is, those of an embedded broker included.
 * Connecting begins with {@code createConnection}, where wrong credentials fail, options that mean
 * nothing with the URL, and what can't be known before, such as a folder that can't be used.
 *
 * <p>It makes connections for global transactions as well, with {@code createXAConnection}; those
 * need a broker that knows branches.
 *
 * <p>Thread-safe. Serializable and referenceable, with what was set, secrets included.
 */
public non-sealed class TaffrailConnectionFactory extends TaffrailFactoryProperties
        implements ConnectionFactory,
                QueueConnectionFactory,
                TopicConnectionFactory,
                XAQueueConnectionFactory,
                XATopicConnectionFactory,
                Referenceable {
    /** Where a broker is looked for if nothing else was said. */
    public static final String DEFAULT_URL = "taffrail://127.0.0.1:61700";

    /** The address in a JNDI reference that holds the URL. */
    public static final String URL_ADDRESS = "url";

    private static final long serialVersionUID = 1L;

    private transient volatile LinkOpener opener;

    /** Makes a factory for a broker on this machine, at {@link #DEFAULT_URL}. */
    public TaffrailConnectionFactory() {
        this(DEFAULT_URL);
    }

    /**
     * Makes a factory.
     *
     * @param url where the broker is, with options
     * @throws IllegalArgumentException if it is not a URL of a broker, or has an unknown option
     */
    public TaffrailConnectionFactory(String url) {
        this(url, Links::make);
    }

    TaffrailConnectionFactory(String url, LinkOpener opener) {
        super(url);
        this.opener = opener;
    }

    private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
        stream.defaultReadObject();
        opener = Links::make;
    }

    // ---- properties

    /**
     * Sets what TLS is made with, in the place of the files that {@code transport.trustStore} and
     * {@code transport.keyStore} name, for connections whose URL or options ask for TLS. It is lost
     * when the factory is serialized or bound in JNDI: what is in it has no form there.
     *
     * @param context keys and trust; null: as the options say
     */
    public void setSslContext(SSLContext context) {
        opener = (url, listener) -> Links.make(url, context, listener);
    }

    /**
     * Returns where the broker is.
     *
     * @return the URL as it was set, without what other properties say
     */
    public String getUrl() {
        return settings.url();
    }

    /**
     * Sets where the broker is.
     *
     * @param url a URL with options, as {@link ConnectionUrl} describes it
     * @throws IllegalArgumentException if it is not a URL of a broker, or has an unknown option
     */
    public void setUrl(String url) {
        settings.setUrl(url);
    }

    /**
     * Sets any option.
     *
     * @param name its name as in a URL
     * @param value its value as in a URL, but not percent-encoded; null takes the property back
     * @throws IllegalArgumentException if the option or its value is not valid
     */
    public void setOption(String name, String value) {
        settings.set(name, value);
    }

    /**
     * Sets several options, as {@link #setOption} does.
     *
     * @param options names and values
     * @throws IllegalArgumentException if an option or its value is not valid
     */
    public void setOptions(Map<String, String> options) {
        options.forEach(this::setOption);
    }

    // ---- connections

    private ConnectionUrl target() throws JMSException {
        try {
            return settings.effective();
        } catch (WireException e) {
            throw JmsErrors.of(e);
        }
    }

    private ConnectionCore open() throws JMSException {
        return ConnectionCore.open(opener, target());
    }

    private ConnectionCore open(String user, String password) throws JMSException {
        ConnectionUrl target = target();
        try {
            ConnectionOptions options =
                    target.options()
                            .with(ConnectionOptions.USERNAME, emptyToNull(user))
                            .with(ConnectionOptions.PASSWORD, password);
            return ConnectionCore.open(opener, target.with(options));
        } catch (WireException e) {
            // no user that can't even be sent exists
            throw JmsErrors.of(ErrorCode.AUTHENTICATION_FAILED, e.getMessage());
        }
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    @Override
    public Connection createConnection() throws JMSException {
        return new TaffrailConnection(open());
    }

    @Override
    public Connection createConnection(String userName, String password) throws JMSException {
        return new TaffrailConnection(open(userName, password));
    }

    @Override
    public QueueConnection createQueueConnection() throws JMSException {
        return new TaffrailConnection.ForQueues(open());
    }

    @Override
    public QueueConnection createQueueConnection(String userName, String password)
            throws JMSException {
        return new TaffrailConnection.ForQueues(open(userName, password));
    }

    @Override
    public TopicConnection createTopicConnection() throws JMSException {
        return new TaffrailConnection(open());
    }

    @Override
    public TopicConnection createTopicConnection(String userName, String password)
            throws JMSException {
        return new TaffrailConnection(open(userName, password));
    }

    @Override
    public JMSContext createContext() {
        return createContext(JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return Unchecked.get(
                () -> {
                    SessionMode mode = SessionMode.of(sessionMode);
                    return new TaffrailJMSContext(open(), mode);
                });
    }

    @Override
    public JMSContext createContext(String userName, String password) {
        return createContext(userName, password, JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Override
    public JMSContext createContext(String userName, String password, int sessionMode) {
        return Unchecked.get(
                () -> {
                    SessionMode mode = SessionMode.of(sessionMode);
                    return new TaffrailJMSContext(open(userName, password), mode);
                });
    }

    // ---- connections for global transactions

    private TaffrailXAConnection openXa() throws JMSException {
        return new TaffrailXAConnection(open().withBranches());
    }

    private TaffrailXAConnection openXa(String user, String password) throws JMSException {
        return new TaffrailXAConnection(open(user, password).withBranches());
    }

    @Override
    public XAConnection createXAConnection() throws JMSException {
        return openXa();
    }

    @Override
    public XAConnection createXAConnection(String userName, String password) throws JMSException {
        return openXa(userName, password);
    }

    @Override
    public XAQueueConnection createXAQueueConnection() throws JMSException {
        return openXa();
    }

    @Override
    public XAQueueConnection createXAQueueConnection(String userName, String password)
            throws JMSException {
        return openXa(userName, password);
    }

    @Override
    public XATopicConnection createXATopicConnection() throws JMSException {
        return openXa();
    }

    @Override
    public XATopicConnection createXATopicConnection(String userName, String password)
            throws JMSException {
        return openXa(userName, password);
    }

    @Override
    public XAJMSContext createXAContext() {
        return Unchecked.get(() -> new TaffrailXAJMSContext(open().withBranches()));
    }

    @Override
    public XAJMSContext createXAContext(String userName, String password) {
        return Unchecked.get(
                () -> new TaffrailXAJMSContext(open(userName, password).withBranches()));
    }

    /**
     * Stops the embedded broker of the URL, in order and whoever is connected to it: all its
     * connections are lost, and their exception listeners hear of it, as with a server that stops.
     * For tests of what an application does without its broker, and for those who must have its
     * folder free. Blocks until the broker has stopped; the next connection starts it again, on the
     * same folder, or empty where it was in memory.
     *
     * @return whether the broker ran
     * @throws JMSException if the URL's broker is not an embedded one, or its jar is missing
     */
    public boolean stopEmbeddedBroker() throws JMSException {
        try {
            return Links.stopEmbedded(target());
        } catch (WireException e) {
            throw JmsErrors.of(e);
        }
    }

    // ---- JNDI

    /**
     * Makes a reference from which JNDI makes an equal factory again.
     *
     * @return the class, the URL with all that was set, secrets included, and the object factory
     * @throws ConfigurationException if an option means nothing with the URL
     */
    @Override
    public Reference getReference() throws ConfigurationException {
        String url;
        try {
            url = settings.effective().toUrl();
        } catch (WireException e) {
            throw new ConfigurationException(e.getMessage());
        }
        return new Reference(
                TaffrailConnectionFactory.class.getName(),
                new StringRefAddr(URL_ADDRESS, url),
                TaffrailDestination.OBJECT_FACTORY,
                null);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TaffrailConnectionFactory factory
                && settings.equals(factory.settings);
    }

    @Override
    public final int hashCode() {
        return settings.hashCode();
    }

    /**
     * Returns the URL with all that was set; secrets are hidden.
     *
     * @return for people
     */
    @Override
    public String toString() {
        return "TaffrailConnectionFactory[" + settings + "]";
    }
}
