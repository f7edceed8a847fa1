// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.ConnectionOption;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.TlsOptions;

import java.io.Serializable;

/** The properties of a connection factory that concern the network. */
public abstract sealed class TaffrailTransportProperties implements Serializable
        permits TaffrailFactoryProperties {
    private static final long serialVersionUID = 1L;

    /** What was set. */
    final ConnectionSettings settings;

    TaffrailTransportProperties(String url) {
        settings = new ConnectionSettings(url);
    }

    final void set(ConnectionOption<?> option, String value) {
        settings.set(option.name(), value);
    }

    /** {@return {@code transport.tls}, true or false} */
    public boolean isTls() {
        return settings.get(TlsOptions.TLS);
    }

    /**
     * Sets {@code transport.tls}.
     *
     * @param tls true or false
     */
    public void setTls(boolean tls) {
        set(TlsOptions.TLS, String.valueOf(tls));
    }

    /** {@return {@code transport.trustStore}, the text or null} */
    public String getTrustStore() {
        return settings.get(TlsOptions.TRUST_STORE);
    }

    /**
     * Sets {@code transport.trustStore}.
     *
     * @param trustStore the text; null takes the property back
     */
    public void setTrustStore(String trustStore) {
        set(TlsOptions.TRUST_STORE, trustStore);
    }

    /** {@return {@code transport.trustStorePassword}, the text or null} */
    public String getTrustStorePassword() {
        return settings.get(TlsOptions.TRUST_STORE_PASSWORD);
    }

    /**
     * Sets {@code transport.trustStorePassword}.
     *
     * @param trustStorePassword the text; null takes the property back
     */
    public void setTrustStorePassword(String trustStorePassword) {
        set(TlsOptions.TRUST_STORE_PASSWORD, trustStorePassword);
    }

    /** {@return {@code transport.keyStore}, the text or null} */
    public String getKeyStore() {
        return settings.get(TlsOptions.KEY_STORE);
    }

    /**
     * Sets {@code transport.keyStore}.
     *
     * @param keyStore the text; null takes the property back
     */
    public void setKeyStore(String keyStore) {
        set(TlsOptions.KEY_STORE, keyStore);
    }

    /** {@return {@code transport.keyStorePassword}, the text or null} */
    public String getKeyStorePassword() {
        return settings.get(TlsOptions.KEY_STORE_PASSWORD);
    }

    /**
     * Sets {@code transport.keyStorePassword}.
     *
     * @param keyStorePassword the text; null takes the property back
     */
    public void setKeyStorePassword(String keyStorePassword) {
        set(TlsOptions.KEY_STORE_PASSWORD, keyStorePassword);
    }

    /** {@return {@code transport.certificateLogin}, true or false} */
    public boolean isCertificateLogin() {
        return settings.get(TlsOptions.CERTIFICATE_LOGIN);
    }

    /**
     * Sets {@code transport.certificateLogin}.
     *
     * @param certificateLogin true or false
     */
    public void setCertificateLogin(boolean certificateLogin) {
        set(TlsOptions.CERTIFICATE_LOGIN, String.valueOf(certificateLogin));
    }

    /** {@return {@code transport.verifyHost}, true or false} */
    public boolean isVerifyHost() {
        return settings.get(TlsOptions.VERIFY_HOST);
    }

    /**
     * Sets {@code transport.verifyHost}.
     *
     * @param verifyHost true or false
     */
    public void setVerifyHost(boolean verifyHost) {
        set(TlsOptions.VERIFY_HOST, String.valueOf(verifyHost));
    }

    /** {@return {@code transport.enabledProtocols}, the text or null} */
    public String getEnabledProtocols() {
        return settings.get(TlsOptions.ENABLED_PROTOCOLS);
    }

    /**
     * Sets {@code transport.enabledProtocols}.
     *
     * @param enabledProtocols the text; null takes the property back
     */
    public void setEnabledProtocols(String enabledProtocols) {
        set(TlsOptions.ENABLED_PROTOCOLS, enabledProtocols);
    }

    /** {@return {@code transport.connectTimeoutMs}, ms} */
    public int getConnectTimeoutMs() {
        return settings.get(ConnectionOptions.CONNECT_TIMEOUT_MS);
    }

    /**
     * Sets {@code transport.connectTimeoutMs}.
     *
     * @param connectTimeoutMs ms
     */
    public void setConnectTimeoutMs(int connectTimeoutMs) {
        set(ConnectionOptions.CONNECT_TIMEOUT_MS, String.valueOf(connectTimeoutMs));
    }

    /** {@return {@code transport.tcpNoDelay}, true or false} */
    public boolean isTcpNoDelay() {
        return settings.get(ConnectionOptions.TCP_NO_DELAY);
    }

    /**
     * Sets {@code transport.tcpNoDelay}.
     *
     * @param tcpNoDelay true or false
     */
    public void setTcpNoDelay(boolean tcpNoDelay) {
        set(ConnectionOptions.TCP_NO_DELAY, String.valueOf(tcpNoDelay));
    }

    /** {@return {@code transport.tcpKeepAlive}, true or false} */
    public boolean isTcpKeepAlive() {
        return settings.get(ConnectionOptions.TCP_KEEP_ALIVE);
    }

    /**
     * Sets {@code transport.tcpKeepAlive}.
     *
     * @param tcpKeepAlive true or false
     */
    public void setTcpKeepAlive(boolean tcpKeepAlive) {
        set(ConnectionOptions.TCP_KEEP_ALIVE, String.valueOf(tcpKeepAlive));
    }

    /** {@return {@code transport.sendBufferBytes}, bytes} */
    public int getSendBufferBytes() {
        return settings.get(ConnectionOptions.SEND_BUFFER_BYTES);
    }

    /**
     * Sets {@code transport.sendBufferBytes}.
     *
     * @param sendBufferBytes bytes
     */
    public void setSendBufferBytes(int sendBufferBytes) {
        set(ConnectionOptions.SEND_BUFFER_BYTES, String.valueOf(sendBufferBytes));
    }

    /** {@return {@code transport.receiveBufferBytes}, bytes} */
    public int getReceiveBufferBytes() {
        return settings.get(ConnectionOptions.RECEIVE_BUFFER_BYTES);
    }

    /**
     * Sets {@code transport.receiveBufferBytes}.
     *
     * @param receiveBufferBytes bytes
     */
    public void setReceiveBufferBytes(int receiveBufferBytes) {
        set(ConnectionOptions.RECEIVE_BUFFER_BYTES, String.valueOf(receiveBufferBytes));
    }

    /** {@return {@code heartbeatMs}, ms} */
    public int getHeartbeatMs() {
        return settings.get(ConnectionOptions.HEARTBEAT_MS);
    }

    /**
     * Sets {@code heartbeatMs}.
     *
     * @param heartbeatMs ms
     */
    public void setHeartbeatMs(int heartbeatMs) {
        set(ConnectionOptions.HEARTBEAT_MS, String.valueOf(heartbeatMs));
    }
}
