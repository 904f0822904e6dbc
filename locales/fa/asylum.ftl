# ورقی که پناه‌جو تا فیصلهٔ نهایی با خود دارد.
asylum-certificate-title = تصدیق‌نامهٔ پناه‌جو
asylum-certificate-number = شمارهٔ تصدیق‌نامه
asylum-certificate-name = نام و تخلص
asylum-certificate-name-original = نام و تخلص به خط اصلی
asylum-certificate-birth-date = تاریخ تولد
asylum-certificate-sex = جنس
asylum-certificate-nationality = تابعیت
asylum-certificate-family = اعضای خانواده
asylum-certificate-issued = تاریخ صدور
asylum-certificate-authority = ادارهٔ صادرکننده
asylum-certificate-statement = دارندهٔ این تصدیق‌نامه درخواست پناهندگی داده است و بودنش در کشور قانونی است.
asylum-certificate-validity = این تصدیق‌نامه تا فیصلهٔ نهایی، در تمام مراحل استیناف، اعتبار دارد.
asylum-certificate-rights = حقوق شما به‌طور خلاصه
asylum-certificate-stay = شما می‌توانید تا فیصلهٔ نهایی این‌جا بمانید. هیچ‌کس حق ندارد شما را به کشوری بفرستد که در آن‌جا در خطر باشید.
asylum-certificate-alone = هر شخص بالغ می‌تواند دلایل خود را تنها و محرمانه بگوید.
asylum-certificate-secret = آنچه به ما می‌گویید به کشور اصلی شما داده نمی‌شود.
asylum-certificate-interpreter = ترجمان برای شما رایگان است. می‌توانید بخواهید که ترجمان زن یا مرد باشد.
asylum-certificate-lawyer = می‌توانید وکیل بگیرید و هر وقت با کمیشنری عالی ملل متحد در امور پناهندگان (UNHCR) گپ بزنید.
asylum-certificate-care = به شما خدمات صحی عاجل داده می‌شود.
asylum-certificate-school = اطفال شما می‌توانند به مکتب بروند.
asylum-certificate-appeal = در برابر فیصلهٔ رد می‌توانید استیناف بخواهید. در فیصله نوشته است که در کجا و تا کدام روز.
asylum-certificate-address = اگر کوچ کردید، آدرس نو خود را به ما بگویید تا مکتوب‌های ما به شما برسد.
asylum-certificate-lost = اگر این ورق را گم کردید، به شمارهٔ { $phone } زنگ بزنید. برای شما ورق نو داده می‌شود. رسیدگی به درخواست شما ادامه دارد.

# بعد از این چه می‌شود.
asylum-next-title = بعد از این چه می‌شود
asylum-next-registered = شما را ثبت کردیم و درخواست شما را گرفتیم.
asylum-next-registration-interview = در مصاحبهٔ اول می‌پرسیم که شما کی هستید، از کجا آمده‌اید و چگونه آمده‌اید.
asylum-next-status-interview = در مصاحبهٔ دوم دلایل خود را می‌گویید. تنها مأمور و ترجمان با شما می‌باشند، و هر کسی که خودتان بخواهید. طفل یک نماینده دارد.
asylum-next-decision = یک مأمور پیشنهاد می‌کند و مأمور دیگر فیصله می‌کند. فیصله را با دلایل آن، به‌شکل تحریری و به زبانی که می‌فهمید، می‌گیرید.
asylum-next-recognised = اگر به حیث پناهنده پذیرفته شدید، کارت پناهنده می‌گیرید.
asylum-next-appeal = اگر درخواست شما رد شد، می‌توانید استیناف بخواهید. تا وقتی که استیناف جریان دارد، می‌توانید بمانید.
asylum-next-appointment = ملاقات بعدی شما: { $date }، { $place }.
asylum-next-missed = اگر آمده نمی‌توانید، در صورت امکان پیش از آن روز به شمارهٔ { $phone } زنگ بزنید. روز دیگری تعیین می‌کنیم.
asylum-next-delay = اگر کار ما بیشتر از وقت تعیین‌شده طول بکشد، به درخواست شما ضرر نمی‌رساند. هر وقت می‌توانید بپرسید که کار به کجا رسیده است.
