/** The settings of an nginx that does nothing but nchan: a channel for each `id`, kept in memory. */
export function configuration({ module, port, folder }: { module: string; port: number; folder: string }): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `load_module ${module};
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
worker_rlimit_nofile 20000;
events { worker_connections 16000; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    location = /watch {
      nchan_subscriber eventsource;
      nchan_channel_id $arg_id;
      nchan_eventsource_ping_interval 15;
    }
    location = /publish {
      nchan_publisher;
      nchan_channel_id $arg_id;
      nchan_message_buffer_length 1000;
    }
  }
}
`;
}
